"""container_rental: a laundry, its containers, their stays, who asks for them."""
