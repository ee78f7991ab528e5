package io.stridewatch.sink.remote;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A key and what was certified about it, as PEM files in a directory. */
record Identity(KeyPair keys, X509Certificate certificate) {
  static final Instant FAR = Instant.parse("2049-01-01T00:00:00Z");

  static Identity authority() {
    return of("authority", null, "127.0.0.1", FAR);
  }

  /** For a server or client at that address. */
  static Identity of(String name, Identity issuer, String address, Instant until) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return signed(generator.generateKeyPair(), name, issuer, address, until);
    } catch (GeneralSecurityException | OperatorException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Identity signed(
      KeyPair keys, String name, Identity issuer, String address, Instant until)
      throws GeneralSecurityException, OperatorException, IOException {
    X500Name subject = new X500Name("CN=" + name);
    Identity signer = issuer == null ? new Identity(keys, null) : issuer;
    X500Name by =
        issuer == null
            ? subject
            : X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded());
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            by,
            new BigInteger(64, new java.util.Random(name.hashCode())),
            Date.from(Instant.parse("2020-01-01T00:00:00Z")),
            Date.from(until),
            subject,
            keys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(issuer == null));
    GeneralName place = new GeneralName(GeneralName.iPAddress, address);
    builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(place));
    var signature =
        new JcaContentSignerBuilder("SHA256withECDSA").build(signer.keys().getPrivate());
    return new Identity(
        keys, new JcaX509CertificateConverter().getCertificate(builder.build(signature)));
  }

  Path certificate(Path directory, String name) throws IOException, GeneralSecurityException {
    return pem(directory.resolve(name + ".pem"), "CERTIFICATE", certificate.getEncoded());
  }

  Path key(Path directory, String name) throws IOException {
    return pem(directory.resolve(name + ".key"), "PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  /** As SEC 1 has it, with curve and public key: GnuTLS does not read Java's own form. */
  Path sec1Key(Path directory, String name) throws IOException {
    var point = SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()).getPublicKeyData();
    var key =
        new org.bouncycastle.asn1.sec.ECPrivateKey(
            256,
            ((java.security.interfaces.ECPrivateKey) keys.getPrivate()).getS(),
            new DERBitString(point.getBytes()),
            SECObjectIdentifiers.secp256r1);
    return pem(directory.resolve(name + ".key"), "EC PRIVATE KEY", key.getEncoded());
  }

  private static Path pem(Path path, String type, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(bytes);
    return Files.writeString(
        path, "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
  }
}
