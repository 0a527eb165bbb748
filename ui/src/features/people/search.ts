import { z } from "zod";
import { flag, month } from "../../shared/search";

export const peopleSearch = z.object({ month, add: flag });
