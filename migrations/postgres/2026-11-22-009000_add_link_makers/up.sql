-- Who has given it, and so may have used it himself; none for whoever holds the machine. Of those there are, the log tells.
ALTER TABLE links ADD COLUMN maker_id BIGINT;
UPDATE links SET maker_id = (
    SELECT maker.id FROM log
    JOIN persons AS owner ON log.subject = 'person/' || owner.login
    JOIN persons AS maker ON maker.login = log.actor
    WHERE owner.id = links.person_id AND log.act IN ('person_added', 'person_reset')
    ORDER BY log.position DESC LIMIT 1
) WHERE used_at IS NULL;
