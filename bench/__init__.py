"""How fast the office is: the product beside bare twins on the same server, behind the same middleware (`kantor bench`)."""
