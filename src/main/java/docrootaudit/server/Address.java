package docrootaudit.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

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
        if (!V4.matcher(bare).matches() && !V6.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            // a literal: getByName asks no resolver for one
            return Optional.of(new Address(InetAddress.getByName(bare).getAddress()));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
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

    /** As it is usually written, without brackets. */
    @Override
    public String toString() {
        return java().getHostAddress();
    }
}
