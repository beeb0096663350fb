// npm's ws.
import { after, before } from "node:test";
import { exchanges } from "./support/contract.mjs";
import { startServer } from "./support/server.mjs";
import { openWs } from "./support/ws_client.mjs";

const state = {};
before(async () => { state.server = await startServer(); });
after(() => state.server?.stop());

exchanges({ open: () => openWs(state.server.url), state, compresses: true, canFragment: true, canPing: true });
