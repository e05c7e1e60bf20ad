// The rooms of the site as they lie on this phone: found by what is typed, or by taps. The directory is
// {version, spelling, buildings: [[id, name, [[entrance, floor, number, label, [[name, phone, tenure], …]], …]], …]}.
const MOST_ALIKE = 12;

// The label meant by what was typed, by the rules of domain/unit_labels.py.
export function labelOf(typed, { floor, after, between }) {
  const text = typed.normalize("NFKC").trim().toUpperCase().replace(new RegExp(floor, "g"), "-").replace(new RegExp(after), "");
  const parts = text.replace(new RegExp(between, "g"), "-").split("-").filter(Boolean);
  const joined = parts.length === 1 && /^([A-Z])(\d{3,4})$/.exec(parts[0]);
  return (joined ? joined.slice(1) : parts).map((part) => part.replace(/^0+/, "") || "0").join("-");
}

const unitsOf = ([id, name, units]) => units.map(([entrance, floor, number, label, people]) =>
  ({ building: { id, name }, entrance, floor, number, label, people }));

// The units what was typed may mean: one, when there is no doubt.
export function unitsLike(typed, { spelling, buildings }) {
  const label = labelOf(typed, spelling);
  const digits = label.replaceAll("-", "");
  if (!digits) return [];
  const found = buildings.flatMap(unitsOf).filter((unit) =>
    unit.label === label || unit.label.replaceAll("-", "") === digits || unit.number === label);
  const exact = found.filter((unit) => unit.label === label);
  return exact.length ? exact : found.slice(0, MOST_ALIKE);
}

// The present choice on the way from the building to the unit: {asks, answers: [[label, chosen]], back: chosen or null}.
export function step(chosen, { buildings }) {
  const building = buildings.find(([id]) => id === chosen.building);
  if (!building) return { asks: "building", answers: buildings.map(([id, name]) => [name, { building: id }]), back: null };
  const here = { building: building[0] };
  const units = unitsOf(building);
  const entrances = distinct(units.map(({ entrance }) => entrance));
  const entrance = chosen.entrance ?? (entrances.length === 1 ? entrances[0] : undefined);
  if (entrance === undefined) return { asks: "entrance", answers: entrances.map((name) => [name, { ...here, entrance: name }]), back: {} };
  const inside = units.filter((unit) => unit.entrance === entrance);
  const floors = distinct(inside.map(({ floor }) => floor));
  const flats = inside.filter(({ floor }) => String(floor) === chosen.floor);
  if (!flats.length) {
    return { asks: "floor", answers: floors.map((floor) => [floor, { ...here, entrance, floor }]), back: entrances.length > 1 ? here : {} };
  }
  return { asks: "room", answers: flats.map(({ number, label }) => [number, { room: label }]), back: { ...here, entrance } };
}

const distinct = (values) => [...new Set(values)];
