"""The cell product as a medicine: from a cord, marrow or fat to the point of injection, and what a lot is worth."""
