"""What happens to solutions, guides, take-overs and findings.

``desk``         what every act of an owner begins and ends with
``solutions``    begin, change, publish, confirm, archive and delete a card
``documents``    files and links of a card
``importing``    cards from a file, in steps that can be stopped and taken up again
``transfers``    who takes a solution over: begun, described, read from a file
``stages``       how far a take-over is: told, confirmed, corrected
``findings``     what was learnt
``guides``       guides with their steps, checklist and files
``feedback``     what readers say of a guide
``reminding``    owners of cards that nobody has confirmed for a year
"""
