import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Copies a jar, with its class files in the form of a newer Java: {@code java UpgradeClassFiles.java
 * FROM TO}.
 *
 * <p>The code of every method stays as it is; it gets the stack maps that newer class files carry.
 * Class files older than Java 6 have none, so the virtual machine checks them the slow way and does
 * not take them into its start-up cache: 55 ms of each call of {@code pond}, for picocli. The copy
 * has the time of the original, and is not made again while it has.
 */
public final class UpgradeClassFiles {
  private static final int VERSION = ClassFile.JAVA_17_VERSION;

  public static void main(String[] args) throws IOException {
    Path from = Path.of(args[0]);
    Path to = Path.of(args[1]);
    FileTime time = Files.getLastModifiedTime(from);
    if (Files.exists(to) && Files.getLastModifiedTime(to).equals(time)) {
      return;
    }
    Files.createDirectories(to.getParent());
    Path draft = Files.createTempFile(to.getParent(), "upgrade", ".tmp");
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = Files.newOutputStream(draft);
        URLClassLoader classes = new URLClassLoader(new URL[] {from.toUri().toURL()})) {
      copy(new ZipInputStream(in), new ZipOutputStream(out), classes);
    }
    Files.setLastModifiedTime(draft, time);
    Files.move(draft, to, StandardCopyOption.REPLACE_EXISTING);
    to.toFile().setReadable(true, false);
  }

  private static void copy(ZipInputStream in, ZipOutputStream out, ClassLoader classes)
      throws IOException {
    ClassFile format =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS,
            ConstantPoolSharingOption.NEW_POOL,
            ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(classes)
                    .orElse(ClassHierarchyResolver.defaultResolver())));
    for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
      byte[] content = in.readAllBytes();
      String name = entry.getName();
      if (name.endsWith(".class") && !name.endsWith("module-info.class")) {
        content = upgrade(format, content);
      }
      ZipEntry copy = new ZipEntry(name);
      copy.setTime(entry.getTime());
      out.putNextEntry(copy);
      out.write(content);
      out.closeEntry();
    }
    out.finish();
  }

  private static byte[] upgrade(ClassFile format, byte[] content) {
    ClassModel model = format.parse(content);
    if (model.majorVersion() >= VERSION) {
      return content;
    }
    return format.build(
        model.thisClass().asSymbol(),
        builder -> {
          builder.withVersion(VERSION, 0);
          for (ClassElement element : model) {
            if (element instanceof MethodModel method && method.code().isPresent()) {
              // Going through the code makes the library work its stack maps out.
              builder.transformMethod(
                  method, MethodTransform.transformingCode(CodeBuilder::with));
            } else if (!(element instanceof ClassFileVersion)) {
              builder.with(element);
            }
          }
        });
  }
}
