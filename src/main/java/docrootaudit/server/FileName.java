package docrootaudit.server;

/** The name of a file, whose text is made if somebody asks for it. Used by one thread. */
public final class FileName {
    private final byte[] bytes;
    private String text = "";

    FileName(byte[] bytes) {
        this.bytes = bytes;
    }

    public int length() {
        return bytes.length;
    }

    /** Not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Its characters, which are bytes. */
    @Override
    public String toString() {
        if (text.isEmpty()) {
            text = ByteText.of(bytes);
        }
        return text;
    }
}
