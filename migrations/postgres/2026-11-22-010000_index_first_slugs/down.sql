DROP INDEX documents_by_first_slug;
