-- Comparability: how many forces figures are from, former names of forces, and the marks of figures.

CREATE TABLE "force_history" (
    "name" TEXT NOT NULL,
    "geography" TEXT NOT NULL,
    "change" TEXT NOT NULL CHECK ("change" IN ('merged', 'replaced', 'renamed')),
    "until" TEXT NOT NULL CHECK ("until" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "successor" TEXT NOT NULL,
    "note" TEXT,
    PRIMARY KEY ("name")
) STRICT;

CREATE TABLE "coverage" (
    "observation_id" TEXT NOT NULL,
    "release_id" TEXT NOT NULL,
    "forces" REAL NOT NULL,
    "bound" TEXT NOT NULL CHECK ("bound" IN ('=', '>', '<', '~')),
    "period_start" TEXT CHECK ("period_start" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "period_end" TEXT CHECK ("period_end" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    "rule" TEXT NOT NULL,
    PRIMARY KEY ("observation_id"),
    FOREIGN KEY ("observation_id") REFERENCES "observations" ("observation_id") ON DELETE CASCADE,
    FOREIGN KEY ("release_id") REFERENCES "releases" ("release_id") ON DELETE CASCADE
) STRICT;

CREATE TABLE "former_names" (
    "observation_id" TEXT NOT NULL,
    "geography" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    PRIMARY KEY ("observation_id"),
    FOREIGN KEY ("observation_id") REFERENCES "observations" ("observation_id") ON DELETE CASCADE,
    FOREIGN KEY ("name") REFERENCES "force_history" ("name")
) STRICT;

CREATE TABLE "comparability" (
    "figure_id" TEXT NOT NULL,
    "mark" TEXT NOT NULL CHECK ("mark" IN ('coverage', 'definition', 'force', 'period')),
    "detail" TEXT NOT NULL,
    PRIMARY KEY ("figure_id", "mark"),
    FOREIGN KEY ("figure_id") REFERENCES "figures" ("figure_id") ON DELETE CASCADE
) STRICT;

CREATE INDEX "coverage_by_release_id" ON "coverage" ("release_id");

CREATE INDEX "former_names_by_name" ON "former_names" ("name");

ALTER TABLE figures ADD COLUMN coverage REAL;

ALTER TABLE figures ADD COLUMN comparability TEXT NOT NULL DEFAULT '';

INSERT OR REPLACE INTO meta VALUES ('stale', '1');
