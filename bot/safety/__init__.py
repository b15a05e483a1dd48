"""Crisis help that stands alone: standard library and a checked data file, nothing else."""
