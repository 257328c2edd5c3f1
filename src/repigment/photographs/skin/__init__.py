"""What is seen of skin in a picture: whether it can be trusted, its light, its pigments, own skin and lesions."""
