"""What the clock starts: sweeps, calendar jobs, and which of several replicas acts. See `docs/operations.md`."""
