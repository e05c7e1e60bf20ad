"""Sets up and runs the product on one machine: what bin/serve and bin/test share. Knows nothing of the subject."""
