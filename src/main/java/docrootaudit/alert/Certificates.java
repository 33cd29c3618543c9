package docrootaudit.alert;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates are trusted, and what is wrong with one that is not. */
final class Certificates {
    private Certificates() {}

    /**
     * A context that trusts the authorities of a file, or those that Java comes with.
     *
     * @throws UnusableException if the file cannot be read or holds no certificates
     */
    static SSLContext trusting(Optional<Path> authorities) throws UnusableException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, authorities.isPresent() ? trust(authorities.get()) : null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            String file = authorities.map(Path::toString).orElse("the JRE");
            throw new UnusableException("the certificates of " + file + " cannot be used (" + e + "): expected a file"
                    + " of certificates in PEM");
        }
    }

    private static TrustManager[] trust(Path authorities) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        // a FIFO would block whoever opens it
        if (Files.exists(authorities) && !Files.isRegularFile(authorities)) {
            throw new CertificateException("it is no regular file");
        }
        try (InputStream in = Files.newInputStream(authorities)) {
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + store.size(), each);
            }
        }
        if (store.size() == 0) {
            throw new CertificateException("there is none in it");
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust.getTrustManagers();
    }

    /** What is wrong with the server's certificate or its TLS, if this says so; to stand behind the server's name. */
    static Optional<String> complaint(Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof CertificateExpiredException) {
                return Optional.of("its certificate has expired (" + one.getMessage() + ")");
            } else if (one instanceof CertificateNotYetValidException) {
                return Optional.of("its certificate is not valid yet (" + one.getMessage() + ")");
            } else if (one instanceof CertPathBuilderException) {
                return Optional.of(
                        "its certificate is signed by no authority that is trusted here (ca-file can name one)");
            } else if (one instanceof CertificateException
                    && String.valueOf(one.getMessage()).startsWith("No ")) {
                return Optional.of("its certificate is for another name (" + one.getMessage() + ")");
            }
        }
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof SSLException) {
                return Optional.of("TLS failed: " + one.getMessage());
            }
        }
        return Optional.empty();
    }
}
