"""What happens to events and registrations.

``seats``        the only place that counts: takes, gives back, offers on
``registering``  register, confirm, change, cancel, decline, expire
``telling``      a change, a reminder or a message to many, in steps
``reminding``    at the organiser's times, each once
``messaging``    the organiser's own words
``bouncing``     addresses that take no mail
``drafts``       begin an event from a pattern or as a copy, delete a draft
``editing``      change a section, as long as nobody else did at the same time
``parts``        questions, programme, documents
``publishing``   publish, postpone and cancel an event
``series``       events that belong together
``importing``    events from a file
``desk``         what every act of an organiser begins and ends with
``loading``      events from a region's folder, and the invented people of the demonstration
"""
