"""What offices do with each other.

``enquiries``   ask about a card, answer, close, open again
``reminding``   offices that owe an answer
``offices``     what stands in the directory
``groups``      learning groups: found, describe, join, leave
``board``       what their members write to each other
``loading``     groups from a region's folder
"""
