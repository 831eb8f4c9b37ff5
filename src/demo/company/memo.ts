/** Remembers what pure functions gave, without growing for ever. */

/** `make` with its latest results kept; at `most` keys everything is forgotten at once. */
export function memo<K, V>(make: (key: K) => V, most = 2000): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const old = known.get(key);
    if (old !== undefined) return old;
    if (known.size >= most) known.clear();
    const made = make(key);
    known.set(key, made);
    return made;
  };
}
