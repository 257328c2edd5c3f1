"""What skin is: fields, sites, patches, follicles, sun, and what reaches it."""
