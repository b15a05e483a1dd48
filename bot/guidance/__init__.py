"""The catalogue of services: what there is, what fits, and how it is shown."""
