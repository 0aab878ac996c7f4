"""Papers the office issues: number, draft, signature, public check, revocation; one folder per signing provider."""
