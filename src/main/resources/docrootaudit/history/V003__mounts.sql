-- The file systems that were mounted below a root when it was last seen.

CREATE TABLE IF NOT EXISTS mount (
    subject BIGINT NOT NULL,
    point VARBINARY NOT NULL,
    CONSTRAINT mount_once PRIMARY KEY (subject, point)
);

-- Which store it is: one that took its place has another.
CREATE TABLE IF NOT EXISTS identity (
    id UUID NOT NULL
);
INSERT INTO identity (id) SELECT RANDOM_UUID() WHERE NOT EXISTS (SELECT 1 FROM identity);

-- Of what only ends what people were told nobody hears.
ALTER TABLE event ADD COLUMN IF NOT EXISTS silent BOOLEAN DEFAULT FALSE NOT NULL;
