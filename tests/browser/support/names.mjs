// The accessible names of the controls that the tests use, in one place.
export const names = {
  connections: { name: "Connections", role: "table" },
  messages: { name: "Message table", role: "table" },
  text: "Text to send",
  send: { name: "Send", role: "push button" },
  kickMenu: ["Connection", "Kick..."],
  kickCode: { name: "Close code", role: "text" },
  kickReason: "Close reason",
  kickNow: "Kick now",
  refusalAllow: { name: "Allow", role: "push button" },
  confirmAllow: "Confirm allow",
  showRefused: { name: "Refused attempts", role: "push button" },
  needsYou: "Refused attempts that need you",
  refused: { name: "Refused attempts table", role: "table" },
  allowAttempt: "Allow this attempt",
};
