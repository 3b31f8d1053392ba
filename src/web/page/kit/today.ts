/** As it stands in the names of files that somebody keeps several of: `2027-05-03`, in UTC. */
export const today = (): string => new Date().toISOString().slice(0, 10);
