-- The file systems that were mounted below a root when it was last seen.

CREATE TABLE IF NOT EXISTS mount (
    subject BIGINT NOT NULL,
    point VARBINARY NOT NULL,
    CONSTRAINT mount_once PRIMARY KEY (subject, point)
);

-- Of what only ends what people were told nobody hears.
ALTER TABLE event ADD COLUMN IF NOT EXISTS silent BOOLEAN DEFAULT FALSE NOT NULL;
