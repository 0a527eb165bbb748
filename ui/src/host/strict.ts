import { z } from "zod";

// zod compiles its checks with `new Function`, which the content security policy forbids; asking is
// a violation already.
z.config({ jitless: true });
