"""Papers the office issues: draft, number, signature, public check, revocation; one folder per signer."""
