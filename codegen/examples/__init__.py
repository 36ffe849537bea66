"""An example for each operation and waiter, whose body the reference shows.

There is a module for each domain and a function for each operation, named as its
method. `ses` is a client. `prepare` creates what the examples of a domain work with,
and returns what they take beside the client. The page of the domain shows it first,
after its docstring. The tests run each of them against the fake.
"""
