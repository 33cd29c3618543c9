package docrootaudit.history;

/**
 * How a store is laid out.
 *
 * @param migrations to the schema
 * @param rowBytes how many bytes of names make a row full; so no row, however large the directory, is held or rewritten
 *     as a whole
 */
record Layout(Migrations migrations, int rowBytes) {
    static final Layout STANDARD = new Layout(Migrations.ALL, 32 << 10);
}
