"""The catalogue for others: Open Referral's HSDS 3.0, as a tabular data package and as JSON."""
