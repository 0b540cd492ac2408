"""`/admin/` for editors, only with `KB_ADMIN=on`: what readers see is edited here, checked and published."""
