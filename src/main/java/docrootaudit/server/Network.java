package docrootaudit.server;

import java.util.Optional;

/**
 * A block of addresses.
 *
 * @param base any address of it
 * @param prefix how many leading bits all have in common with {@code base}
 */
public record Network(Address base, int prefix) {
    public Network {
        if (prefix < 0 || prefix > base.bytes().length * 8) {
            throw new IllegalArgumentException("/" + prefix + " of " + base);
        }
    }

    /** {@code ADDRESS} or {@code ADDRESS/BITS}; empty if it is neither. */
    public static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        Optional<Address> base = Address.parse(slash < 0 ? text : text.substring(0, slash));
        if (base.isEmpty()) {
            return Optional.empty();
        }
        int bits = base.get().bytes().length * 8;
        if (slash < 0) {
            return Optional.of(new Network(base.get(), bits));
        }
        String length = text.substring(slash + 1);
        if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > bits) {
            return Optional.empty();
        }
        return Optional.of(new Network(base.get(), Integer.parseInt(length)));
    }

    /** Whether the address lies in it; one of the other family never does. */
    public boolean contains(Address address) {
        byte[] mine = base.bytes();
        byte[] other = address.bytes();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >>> (bit & 7);
            if (((mine[bit >>> 3] ^ other[bit >>> 3]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return base + "/" + prefix;
    }
}
