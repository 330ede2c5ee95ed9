"""What happens while nobody talks: it reads the journal and appends to it, and never calls a turn.

    begin ──► facts ──► reflect ──► self ──► dream ──► loops ──► reach ──► practise ──► snapshot ──► backup ──► prove ──►
              rotate ──► vectors ──► Slept

:mod:`someone.night.steps` is the whole story; :mod:`someone.night.durable` makes it last through a kill at any step.
"""
