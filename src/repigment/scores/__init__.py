"""What is measured on a patient, and how raters differ."""
