import { z } from "zod";
import { month, number } from "../../shared/search";

export const teamsSearch = z.object({ month, team: number });
