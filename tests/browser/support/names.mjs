// The accessible names of the controls that the tests use, in one place.
export const names = {
  connections: "Connections",
  messages: "Message table",
  text: "Text to send",
  send: { name: "Send", role: "push button" },
  kickMenu: ["Connection", "Kick..."],
  kickCode: { name: "Close code", role: "text" },
  kickReason: "Close reason",
  kickNow: "Kick now",
  refusalAllow: { name: "Allow", role: "push button" },
  confirmAllow: "Confirm allow",
  showRefused: { name: "Refused attempts", role: "push button" },
  refused: "Refused attempts table",
  allowAttempt: "Allow this attempt",
};
