package docrootaudit.server.apache;

import docrootaudit.server.Address;
import docrootaudit.server.Network;
import java.util.Optional;

/** Networks as {@code Require ip} takes them ({@code apr_ipsubnet_create()}): also partial ones, and netmasks. */
record Subnet(Address base, Address mask) {
    static Optional<Subnet> parse(String text) {
        int slash = text.indexOf('/');
        if (slash >= 0 && text.substring(slash + 1).contains(".")) {
            Optional<Address> base = Address.parse(text.substring(0, slash));
            Optional<Address> mask = Address.parse(text.substring(slash + 1));
            boolean fits = base.isPresent()
                    && mask.isPresent()
                    && base.get().isV4()
                    && mask.get().isV4();
            return fits ? Optional.of(new Subnet(base.get(), mask.get())) : Optional.empty();
        }
        String whole = text;
        if (text.matches("\\d{1,3}(\\.\\d{1,3}){0,2}\\.?")) {
            String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
            int given = bare.split("\\.").length;
            whole = bare + ".0".repeat(4 - given) + "/" + 8 * given;
        }
        return Network.parse(whole).map(n -> new Subnet(n.base(), mask(n)));
    }

    private static Address mask(Network network) {
        byte[] mask = new byte[network.base().bytes().length];
        for (int bit = 0; bit < network.prefix(); bit++) {
            mask[bit >>> 3] |= (byte) (0x80 >>> (bit & 7));
        }
        return Address.of(mask);
    }

    boolean contains(Address address) {
        byte[] other = address.bytes();
        byte[] mine = base.bytes();
        byte[] bits = mask.bytes();
        if (other.length != mine.length) {
            return false;
        }
        for (int i = 0; i < mine.length; i++) {
            if (((mine[i] ^ other[i]) & bits[i]) != 0) {
                return false;
            }
        }
        return true;
    }
}
