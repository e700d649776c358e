"""Smart cards over PC/SC: social-security cards (社保卡) and the staff's own cards."""
