// Waiting for what is drawn.

// Done once that holds, at the latest after so long. It is given what was drawn; nothing, when it is asked at first.
export function drawn(holds, most) {
  return new Promise((done) => {
    const end = () => {
      document.removeEventListener("drawn", seen);
      clearTimeout(late);
      done();
    };
    const seen = ({ detail }) => { if (holds(detail)) end(); };
    const late = most && setTimeout(end, most);
    document.addEventListener("drawn", seen);
    seen({ detail: [] });
  });
}
