package docrootaudit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority of our own that makes certificates with their keys, by keytool(1). */
public final class TestAuthority {
    private static final char[] PASSWORD = "secret".toCharArray();

    private final Path store;

    /** Makes one, in a new directory. */
    public TestAuthority(Path directory) throws Exception {
        this.store = Files.createDirectories(directory).resolve("store.p12");
        keytool("-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=authority", "-ext", "bc:c");
        pem("CERTIFICATE", load().getCertificate("ca").getEncoded(), pem());
    }

    /** Its own certificate. */
    public Path pem() {
        return store.resolveSibling("ca.pem");
    }

    /**
     * Makes a certificate that is good for a host.
     *
     * @return a directory with {@code crt.pem} and {@code key.pem}
     */
    public Path issue(String name, String host) throws Exception {
        return issue(name, host, "-validity", "30");
    }

    /** The same, but it was good until five days ago. */
    public Path issueExpired(String name, String host) throws Exception {
        return issue(name, host, "-startdate", "-10d", "-validity", "5");
    }

    private Path issue(String name, String host, String... validity) throws Exception {
        Path directory = Files.createDirectory(store.resolveSibling(name));
        Path request = directory.resolve("request.pem");
        Path certificate = directory.resolve("crt.pem");
        // GnuTLS does not read an EC key as Java writes it
        keytool("-genkeypair", "-alias", name, "-keyalg", "RSA", "-dname", "CN=" + name);
        keytool("-certreq", "-alias", name, "-file", request.toString());
        List<String> sign = new ArrayList<>(List.of(
                "-gencert",
                "-rfc",
                "-alias",
                "ca",
                "-infile",
                request.toString(),
                "-outfile",
                certificate.toString(),
                "-ext",
                "san=dns:" + host));
        sign.addAll(Arrays.asList(validity));
        keytool(sign.toArray(String[]::new));
        keytool("-importcert", "-alias", name, "-file", certificate.toString());
        pem("PRIVATE KEY", load().getKey(name, PASSWORD).getEncoded(), directory.resolve("key.pem"));
        return directory;
    }

    /** For a server that shows this certificate of it and no other. */
    public SSLContext server(String name) throws GeneralSecurityException, IOException {
        KeyStore all = load();
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        one.setKeyEntry(name, all.getKey(name, PASSWORD), PASSWORD, all.getCertificateChain(name));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(one, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void keytool(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.add("-J-XX:TieredStopAtLevel=1");
        command.addAll(Arrays.asList(words));
        command.addAll(List.of(
                "-noprompt",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD)));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
        if (keytool.waitFor() != 0) {
            throw new AssertionError(said);
        }
    }

    private static void pem(String what, byte[] encoded, Path file) throws IOException {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n");
    }

    private KeyStore load() throws GeneralSecurityException, IOException {
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            loaded.load(in, PASSWORD);
        }
        return loaded;
    }
}
