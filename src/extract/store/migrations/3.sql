-- Pages of PDFs that are images: those that were recognised, and those that were not read.

ALTER TABLE "releases" ADD COLUMN "pages_recognised" TEXT;

ALTER TABLE "releases" ADD COLUMN "pages_unread" TEXT;
