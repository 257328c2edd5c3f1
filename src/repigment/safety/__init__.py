"""Who should not be treated, what is looked at afterwards, and what may go wrong."""
