package dev.ostiary.testkit.store;

import dev.ostiary.authorization.store.Store;
import org.junit.jupiter.api.Nested;

/**
 * Everything a {@link Store} promises, noun by noun. A store passes when a test class of its own
 * that extends this one does.
 */
public abstract class StoreContract {
  /** A new, empty store, wanted as soon as this object is there; the suite closes it. */
  protected abstract Store open();

  @Nested
  class Clients extends ClientStoreContract {
    Clients() {
      super(open());
    }
  }

  @Nested
  class ClientUse extends ClientUseContract {
    ClientUse() {
      super(open());
    }
  }

  @Nested
  class Assertions extends AssertionStoreContract {
    Assertions() {
      super(open());
    }
  }

  @Nested
  class SignIns extends SignInStoreContract {
    SignIns() {
      super(open());
    }
  }

  @Nested
  class Codes extends AuthorizationCodeContract {
    Codes() {
      super(open());
    }
  }

  @Nested
  class RefreshTokens extends RefreshTokenContract {
    RefreshTokens() {
      super(open());
    }
  }

  @Nested
  class Grants extends GrantContract {
    Grants() {
      super(open());
    }
  }

  @Nested
  class GrantList extends GrantListContract {
    GrantList() {
      super(open());
    }
  }

  @Nested
  class UpstreamTokens extends UpstreamTokenStoreContract {
    UpstreamTokens() {
      super(open());
    }
  }

  @Nested
  class UnusedTokens extends UnusedTokenContract {
    UnusedTokens() {
      super(open());
    }
  }

  @Nested
  class UpstreamNames extends UpstreamNameStoreContract {
    UpstreamNames() {
      super(open());
    }
  }

  @Nested
  class Backends extends BackendStoreContract {
    Backends() {
      super(open());
    }
  }

  @Nested
  class Leases extends LeaseContract {
    Leases() {
      super(open());
    }
  }

  @Nested
  class Reseals extends ResealContract {
    Reseals() {
      super(open());
    }
  }

  @Nested
  class Approvals extends ApprovalStoreContract {
    Approvals() {
      super(open());
    }
  }

  @Nested
  class Sessions extends SessionStoreContract {
    Sessions() {
      super(open());
    }
  }

  @Nested
  class Keys extends KeyStoreContract {
    Keys() {
      super(open());
    }
  }

  @Nested
  class DataKeys extends DataKeyStoreContract {
    DataKeys() {
      super(open());
    }
  }

  @Nested
  class Revocations extends RevocationFeedContract {
    Revocations() {
      super(open());
    }
  }

  @Nested
  class Purge extends PurgeContract {
    Purge() {
      super(open());
    }
  }
}
