"""What a message means: language, needs and acts, facts."""

import os

# Threads of the algebra library wait for each other by turning circles: on a busy machine a message would take
# twenty times as long. Several messages are read side by side instead. It must be said before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
