package docrootaudit.report;

/** A symbol that is never alone: a word stands beside it, for charsets without it and for ears. */
enum Mark {
    OK("✓ ", "ok", "32"),
    NO("✗ ", "NO", "31"),
    UNKNOWN("? ", "??", "33");

    private final String symbol;
    private final String word;
    private final String colour;

    Mark(String symbol, String word, String colour) {
        this.symbol = symbol;
        this.word = word;
        this.colour = colour;
    }

    String text(Style style) {
        String plain = style.isUnicode() ? symbol + word : word;
        return style.colour() == Style.Colour.ALWAYS ? "\u001b[" + colour + "m" + plain + "\u001b[m" : plain;
    }

    /** Columns of {@link #text}. */
    static int width(Style style) {
        return style.isUnicode() ? 4 : 2;
    }
}
