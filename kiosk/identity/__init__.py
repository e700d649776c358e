"""People and enterprises, their numbers and check digits, and how sure we are of them."""
