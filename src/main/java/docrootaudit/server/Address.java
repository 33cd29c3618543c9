package docrootaudit.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An IPv4 or IPv6 address; never looked up. */
public final class Address {
    private static final Pattern V4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private final byte[] bytes;

    private Address(byte[] bytes) {
        this.bytes = bytes;
    }

    /** An address in dotted or colon notation, IPv6 also in brackets; empty if it is none. */
    public static Optional<Address> parse(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (!isV4(bare) && !V6.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            // a literal: getByName asks no resolver for what is one, or has a colon
            return Optional.of(new Address(InetAddress.getByName(bare).getAddress()));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static boolean isV4(String text) {
        Matcher matcher = V4.matcher(text);
        return matcher.matches()
                && IntStream.rangeClosed(1, 4).allMatch(i -> Integer.parseInt(matcher.group(i)) <= 255);
    }

    /** An address of 4 or 16 bytes. */
    public static Address of(byte[] bytes) {
        if (bytes.length != 4 && bytes.length != 16) {
            throw new IllegalArgumentException("an address of " + bytes.length + " bytes");
        }
        return new Address(bytes.clone());
    }

    /** The 4 or 16 bytes; a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public boolean isV4() {
        return bytes.length == 4;
    }

    /** Whether it is {@code 127.0.0.0/8} or {@code ::1}. */
    public boolean isLoopback() {
        return java().isLoopbackAddress();
    }

    /** Whether it stands for every address of the machine: {@code 0.0.0.0} or {@code ::}. */
    public boolean isAny() {
        return java().isAnyLocalAddress();
    }

    private InetAddress java() {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address address && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /**
     * As servers write it, without brackets: lower case, and two colons for the longest run of zeros (inet_ntop(3),
     * {@code ngx_inet6_ntop()} of nginx, RFC 5952).
     */
    @Override
    public String toString() {
        if (isV4()) {
            return java().getHostAddress();
        }
        int[] groups = new int[8];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
        }
        int from = 0;
        int length = 1;
        for (int i = 0; i < groups.length; i++) {
            int zeros = zerosFrom(groups, i);
            if (zeros > length) {
                from = i;
                length = zeros;
            }
        }
        if (length == 1) {
            return joined(groups, 0, groups.length);
        }
        boolean holdsV4 = from == 0 && (length == 6 || (length == 5 && groups[5] == 0xffff));
        String tail = holdsV4
                ? (length == 5 ? "ffff:" : "") + Address.of(Arrays.copyOfRange(bytes, 12, 16))
                : joined(groups, from + length, groups.length);
        return joined(groups, 0, from) + "::" + tail;
    }

    private static int zerosFrom(int[] groups, int from) {
        int end = from;
        while (end < groups.length && groups[end] == 0) {
            end++;
        }
        return end - from;
    }

    private static String joined(int[] groups, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Integer.toHexString(groups[i]))
                .collect(Collectors.joining(":"));
    }
}
