"""What the formats of our description look like, so that what is tried gets past them."""

import schemathesis
from hypothesis import strategies as st

schemathesis.openapi.format("phone", st.from_regex(r"\A\+35850[0-9]{7}\Z"))
schemathesis.openapi.format("municipality", st.sampled_from(["Askola", "Järvenpää", "Träskända", "Mikkeli"]))
