-- A next step, as the tests have it.
CREATE TABLE IF NOT EXISTS host (id BIGINT PRIMARY KEY);
