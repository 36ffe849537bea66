"""What the operations do: a module a domain, and in it a function for each operation, named as the clients' method.

A function takes the `World` and the arguments that the request holds, by their Python names, and returns the response's
model or raises an error of the service. The functions of `messages` take the body of the request as well, which the log
of mails keeps.
"""
