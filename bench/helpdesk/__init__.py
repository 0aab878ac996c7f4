"""django-helpdesk as it comes, in an environment of its own: the peer that is cheap enough to run in every benchmark.

Nothing of the office is imported here, and the office imports nothing of this: what stands in this folder but
`environment.py` runs only inside that environment.
"""
