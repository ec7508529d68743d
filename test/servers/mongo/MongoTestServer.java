import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.util.List;

/** A server of MongoDB's wire protocol for tests: java -cp 'lib/*' MongoTestServer.java <port> <file> */
public class MongoTestServer {
  /** The driver wants wire version 9 or newer; the server stops at 8 by itself. */
  private static final MongoVersion FIVE =
      new MongoVersion() {
        @Override
        public List<Integer> getVersionArray() {
          return List.of(5, 0, 0, 0);
        }

        @Override
        public int getWireVersion() {
          return 13;
        }
      };

  public static void main(String[] arguments) throws Exception {
    H2Backend backend = new H2Backend(arguments[1]);
    backend.version(FIVE);
    MongoServer server = new MongoServer(backend);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
    server.bind("127.0.0.1", Integer.parseInt(arguments[0]));
    System.out.println("listening on " + server.getLocalAddress().getPort());
    Thread.currentThread().join();
  }
}
