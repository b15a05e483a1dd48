"""Who works here: accounts, sign-ins, tokens, and what each role may do."""
