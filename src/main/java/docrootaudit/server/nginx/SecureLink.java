package docrootaudit.server.nginx;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/** {@code ngx_http_secure_link_module.c}: whether a link was made by somebody who knows the secret, and is still good. */
final class SecureLink {
    private static final int LONGEST_HASH = 24;
    private static final int MD5_BYTES = 16;

    private final Exchange exchange;

    SecureLink(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Of {@code $secure_link}: empty, {@code 0} for a link that was good once, {@code 1}; or the link without its hash. */
    Value value() {
        Optional<Directive> secret = exchange.settings().find("secure_link_secret");
        if (secret.isPresent()) {
            return Value.of(inPath(secret.get().word(0)));
        }
        Optional<Directive> link = exchange.settings().find("secure_link");
        Optional<Directive> md5 = exchange.settings().find("secure_link_md5");
        return link.isEmpty() || md5.isEmpty() ? Value.EMPTY : Value.of(inArguments(link.get(), md5.get()));
    }

    /** Of {@code $secure_link_expires}. */
    String expires() {
        String text = exchange.settings().find("secure_link").map(this::text).orElse("");
        int comma = text.indexOf(',');
        return comma < 0 ? "" : text.substring(comma + 1);
    }

    private String text(Directive directive) {
        return exchange.variables.text(directive.word(0), directive);
    }

    private String inArguments(Directive link, Directive md5) {
        String hash = text(link);
        boolean endless = hash.indexOf(',') < 0;
        String expires = expires();
        if (!endless) {
            hash = hash.substring(0, hash.indexOf(','));
            if (!expires.matches("0*[1-9]\\d{0,17}")) {
                return "";
            }
        }
        byte[] wanted = DigestUtils.md5(text(md5).getBytes(StandardCharsets.ISO_8859_1));
        if (hash.length() > LONGEST_HASH || !Arrays.equals(decoded(hash), wanted)) {
            return "";
        }
        return endless || Long.parseLong(expires) >= exchange.now.getEpochSecond() ? "1" : "0";
    }

    /** {@code ngx_decode_base64url()}: the padding may lack. */
    private static byte[] decoded(String hash) {
        try {
            return Base64.getUrlDecoder().decode(hash.replaceFirst("=+$", ""));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** {@code /anything/HASH/link}, the hash as hexadecimal digits of the link and the secret. */
    private String inPath(String secret) {
        String[] parts = exchange.request.target().substring(1).split("/", 3);
        if (parts.length < 3 || parts[1].length() != 2 * MD5_BYTES || parts[2].isEmpty()) {
            return "";
        }
        byte[] wanted = DigestUtils.md5((parts[2] + secret).getBytes(StandardCharsets.ISO_8859_1));
        boolean good =
                parts[1].matches("[0-9a-fA-F]+") && Arrays.equals(HexFormat.of().parseHex(parts[1]), wanted);
        return good ? parts[2] : "";
    }
}
